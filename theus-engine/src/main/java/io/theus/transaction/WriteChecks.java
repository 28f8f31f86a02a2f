package io.theus.transaction;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.contract.AccessGuard;
import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.ZoneViolationException;
import io.theus.path.Zones;
import io.theus.state.EngineFacts;
import io.theus.state.InvalidWriteException;
import io.theus.state.StateDiff;
import io.theus.state.StateTree;

/**
 * What must hold before anything is written: zones, which bind everybody, and the rules
 * of whoever writes.
 */
final class WriteChecks {

	private final Zones zones;

	private final AccessGuard guard;

	WriteChecks(Zones zones, AccessGuard guard) {
		this.zones = zones;
		this.guard = guard;
	}

	void check(Path path, Right right) {
		Zone zone = this.zones.of(path);
		refuseFacts(path, zone);
		checkZone(path, zone, right);
		this.guard.checkWrite(path, zone, right);
	}

	void checkZone(Path path, Zone zone, Right right) {
		if (!this.guard.grants(zone, right)) {
			throw new ZoneViolationException(path, zone, right);
		}
	}

	private static void refuseFacts(Path path, Zone zone) {
		if (zone == Zone.META && EngineFacts.covers(path)) {
			throw new InvalidWriteException(path, "the engine computes what is there, write elsewhere below 'meta'");
		}
	}

	// A write to a container is the set of leaf changes it causes, each checked by its
	// own zone: replacing a map cannot drop its constants or smuggle new ones in
	void checkParts(Path path, @Nullable Object before, @Nullable Object after) {
		if (before == after || (!StateTree.isContainer(before) && !StateTree.isContainer(after))) {
			return;
		}
		StateDiff.leavesBetween(path, before, after, (change) -> {
			Path part = change.path();
			if (!part.equals(path)) {
				Zone zone = this.zones.of(part);
				refuseFacts(part, zone);
				Right right = change.isRemoval() ? Right.DELETE : Right.UPDATE;
				checkZone(part, zone, right);
				if (zone == Zone.PRIVATE && right == Right.UPDATE && isWithinList(after, path, part)) {
					throw new InvalidWriteException(part, "a list is read as one unit and hides nothing, use a map");
				}
				this.guard.checkPart(part, zone, right);
			}
		});
	}

	// Only what was added counts: what is there already was checked when it came
	void checkMerged(Path path, @Nullable Object before, @Nullable Object after, @Nullable Object operand) {
		if (after instanceof List<?> list && StateTree.isContainer(operand)) {
			checkParts(path.child(String.valueOf(list.size() - 1)), StateTree.ABSENT, operand);
		}
		else if (!(after instanceof List<?>)) {
			checkParts(path, before, after);
		}
	}

	// Removing an element moves those behind it
	void checkRemoval(Path path, @Nullable Object siblings, Path parent, @Nullable Object removed) {
		if (siblings instanceof List<?>) {
			checkParts(parent, siblings, StateTree.removeBelow(siblings, path, parent.length()));
		}
		else {
			checkParts(path, removed, StateTree.ABSENT);
		}
	}

	private static boolean isWithinList(@Nullable Object node, Path path, Path part) {
		Object current = node;
		for (int i = path.length(); i < part.length(); i++) {
			if (current instanceof List<?>) {
				return true;
			}
			current = StateTree.child(current, part.segment(i));
		}
		return false;
	}

}
