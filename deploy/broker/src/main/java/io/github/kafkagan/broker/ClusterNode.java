package io.github.kafkagan.broker;

/**
 * A node of a cluster.
 *
 * @param id from 1
 * @param port that clients know
 * @param controllerPort that the other nodes know
 */
record ClusterNode(int id, int port, int controllerPort) {}
