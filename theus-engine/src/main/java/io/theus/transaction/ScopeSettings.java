package io.theus.transaction;

import io.theus.audit.Auditor;
import io.theus.outbox.MessageEncoder;
import io.theus.path.Zones;
import io.theus.state.EngineFacts;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;

/**
 * What all scopes of an engine share.
 *
 * @param zones the zone resolver
 * @param values which values are accepted
 * @param encoder makes outbox messages, and knows how many there may be
 * @param messageIds names outbox messages
 * @param merges where what transactions bring along is merged
 * @param volatiles where the last writer wins
 * @param facts what the engine tells about itself
 * @param runs where orders to runs go
 * @param auditor keeps account of what audit rules find
 * @param arrays finds the arrays that the state refers to
 */
record ScopeSettings(Zones zones, Values values, MessageEncoder encoder, MessageIds messageIds, MergeOperations merges,
		VolatilePaths volatiles, EngineFacts facts, RunOrders runs, Auditor auditor, HeavyReferences arrays) {

}
