/**
 * A server of the NBD protocol, after "The NBD protocol" (doc/proto.md of the project NetworkBlockDevice): fixed newstyle negotiation,
 * structured replies, the metadata context {@code base:allocation}. Sections of that document are named where they apply.
 *
 * <p>A connection has two threads, one that reads requests ({@code Transmission}) and one that writes replies ({@code ReplyQueue}); what is
 * asked of the device is done by threads that all connections share, and no such thread ever waits for a client. What clients can make the
 * server hold is bounded by {@code Budget}: a connection whose replies are not taken is not read from.
 */
package org.imagingutility.serve.nbd;
