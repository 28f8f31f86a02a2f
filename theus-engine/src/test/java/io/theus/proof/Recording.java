package io.theus.proof;

import java.util.List;
import java.util.Map;

/**
 * What was recorded of a run: all that the checkers know.
 *
 * @param initial the content before, by layer, in plain values
 * @param first the version that has this content
 * @param works the transactions in any order
 * @param last the content after all of them
 */
record Recording(Map<String, Object> initial, long first, List<Work> works, Map<String, Object> last) {

}
