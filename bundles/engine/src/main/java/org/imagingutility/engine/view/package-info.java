/**
 * Images, partitions and sets as devices that are read at random by many threads for a long time: what lies where ({@code Layout}),
 * what is open ({@code OpenContent}, kept by {@code ContentKeeper} while plug-ins come and go), and the decoded frames that all of them share
 * ({@code DecodedFrames}). For {@code engine.serve}; depends on {@code engine.read}, {@code engine.set.file}, {@code engine.frames},
 * {@code engine.source} and {@code engine.plugin}.
 */
package org.imagingutility.engine.view;
