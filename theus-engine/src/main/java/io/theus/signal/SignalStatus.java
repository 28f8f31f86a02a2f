package io.theus.signal;

/**
 * How the subscribers of a hub keep up with it.
 *
 * @param published how many signals were published since the start
 * @param capacity how many are retained
 * @param subscribers how many subscriptions are open
 * @param lag how many signals of all topics the slowest of them has not looked at yet;
 * above the capacity it will miss some
 * @param missed how many signals of all topics were overwritten before subscriptions came
 * to them, each counted once for each subscription
 * @since 0.1.0
 */
public record SignalStatus(long published, int capacity, int subscribers, long lag, long missed) {

}
