package io.theus.benchmarks.flux;

import java.util.Map;

import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncEdgeAction;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.state.AgentState;

/**
 * LangGraph4j with one node for each branch and a conditional edge that decides whether
 * to go on and where. Without a checkpoint saver, so nothing of a run is kept.
 */
final class LangGraphCounting implements Counting {

	private static final String COUNTER = "counter";

	private static final String LIMIT = "limit";

	private static final String EVEN = "even";

	private static final String ODD = "odd";

	private static final Map<String, String> ROUTES = Map.of(EVEN, EVEN, ODD, ODD, StateGraph.END, StateGraph.END);

	private final CompiledGraph<CounterState> graph;

	LangGraphCounting() {
		try {
			this.graph = graph();
		}
		catch (GraphStateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static CompiledGraph<CounterState> graph() throws GraphStateException {
		AsyncEdgeAction<CounterState> route = AsyncEdgeAction.edge_async(LangGraphCounting::route);
		return new StateGraph<>(CounterState::new)
			.addNode(EVEN,
					AsyncNodeAction.node_async((state) -> Map.of(COUNTER, Increment.even(state.number(COUNTER)))))
			.addNode(ODD, AsyncNodeAction.node_async((state) -> Map.of(COUNTER, Increment.odd(state.number(COUNTER)))))
			.addConditionalEdges(StateGraph.START, route, ROUTES)
			.addConditionalEdges(EVEN, route, ROUTES)
			.addConditionalEdges(ODD, route, ROUTES)
			.compile(CompileConfig.builder().recursionLimit(STEPS).build());
	}

	private static String route(CounterState state) {
		long counter = state.number(COUNTER);
		if (counter >= state.number(LIMIT)) {
			return StateGraph.END;
		}
		return (counter % 2 == 0) ? EVEN : ODD;
	}

	@Override
	public long run(long from, long limit) {
		return this.graph.invoke(Map.of(COUNTER, from, LIMIT, limit)).orElseThrow().number(COUNTER);
	}

	/**
	 * What a run hands from node to node.
	 */
	private static final class CounterState extends AgentState {

		CounterState(Map<String, Object> data) {
			super(data);
		}

		long number(String key) {
			return this.<Long>value(key).orElseThrow();
		}

	}

}
