/**
 * The test kit: what every plug-in must keep, one contract per kind of plug-in, and simple plug-ins to test others with.
 * Each kind has a package of its own; this one has what all contracts are made of.
 *
 * <p>A contract is a list of checks, each with a name and an action that throws an {@link java.lang.AssertionError}
 * saying what was found and expected. Any test framework can run them; with JUnit 5 a plug-in's whole test is
 *
 * <pre>{@code
 * class MyCodecTest {
 *     @TestFactory
 *     Stream<DynamicTest> keepsTheContract() {
 *         return new CodecContract(new MyCodec()).checks().stream()
 *                 .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
 *     }
 * }
 * }</pre>
 *
 * With JUnit 4 or TestNG loop over the checks. Randomness in the kit has fixed seeds, which messages name. Checks of
 * one contract are independent of each other, but not to be run at the same time.
 *
 * <p>To test what uses plug-ins: {@link org.imagingutility.tck.device.MemoryDevice},
 * {@link org.imagingutility.tck.device.MemoryDeviceProvider}, {@link org.imagingutility.tck.store.MemoryImageStore},
 * {@link org.imagingutility.tck.store.MemoryImageFile} and {@link org.imagingutility.tck.codec.StoreCodec} do as little as their
 * contracts allow, and can be told to fail.
 *
 * <p>To test allocators: {@link org.imagingutility.tck.device.CountingDevice} and {@link org.imagingutility.tck.device.SparseBytes} hold a
 * volume of any size, {@link org.imagingutility.tck.allocator.ExtentsInUse} gives its extents, and
 * {@link org.imagingutility.tck.allocator.VolumeFuzz} changes it at random. {@link org.imagingutility.tck.Tools} runs commands, and skips
 * tests where they are missing.
 */
@Export
@Version("1.0.0")
package org.imagingutility.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
