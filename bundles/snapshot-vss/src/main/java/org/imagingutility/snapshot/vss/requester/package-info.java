/**
 * A requester of the Volume Shadow Copy Service: the order of calls, time, retries, and errors in words. What the calls are made
 * with is behind {@link org.imagingutility.snapshot.vss.requester.VssService}.
 */
package org.imagingutility.snapshot.vss.requester;
