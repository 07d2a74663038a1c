package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imagingutility.allocator.ext.JournalBuilder.tag;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits in the journal counts as well, and a journal that cannot be read costs no data. */
class JournalTest {
    private static final int ESCAPED = 1;
    /** Block bitmap of group 1 of the volumes below, which begins with block 513. */
    private static final int BITMAP = 515;
    private static final int GROUP = 513;

    private final VolumeBuilder volume = new VolumeBuilder();

    private JournalBuilder journal(List<Integer> blocks) {
        volume.compat |= 0x4;
        volume.incompat |= 0x4;
        volume.journal = blocks;
        return new JournalBuilder(volume);
    }

    private static List<Integer> blocks() {
        return IntStream.range(300, 312).boxed().toList();
    }

    private static byte[] bitmap(int... clusters) {
        BitSet bits = new BitSet();
        IntStream.of(clusters).forEach(bits::set);
        return bits.toByteArray();
    }

    private Allocation recognise() throws ImagingException {
        return new ExtAllocator().recognise(volume.build(512)).orElseThrow();
    }

    private ExtentList extents() throws ImagingException {
        return ExtentsInUse.of(recognise(), volume.device(512));
    }

    private ExtentList expected(int... more) {
        BitSet inUse = (BitSet) volume.inUse.clone();
        IntStream.of(more).forEach(inUse::set);
        return ExtentsInUse.model(inUse, volume.blockCount, volume.blockSize, volume.deviceLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 2 | 8, 0x10, 2 | 0x10})
    void blocksInUseOnlyInTheJournalAreTakenWhateverFormItsTagsHave(int features) throws ImagingException {
        journal(blocks()).features(features).transaction(tag(2, 0), tag(BITMAP, 0, bitmap(200, 511)))
                .revocation().transaction(tag(BITMAP, 0, bitmap(300)), tag(77, 0)).write();

        assertThat(extents()).isEqualTo(expected(GROUP + 200, GROUP + 511, GROUP + 300));
        assertThat(recognise().warnings()).singleElement().asString().contains("ext3 on \"volume\"", "needs recovery",
                "not replayed");
    }

    @Test
    void theVolumeBelowHasItsBitmapThere() {
        journal(blocks()).write();
        volume.build(512);
        assertThat(volume.descriptors.get(1)[0]).isEqualTo(BITMAP);
    }

    @Test
    void theLogIsARing() throws ImagingException {
        journal(blocks()).from(9).transaction(tag(2, 0), tag(BITMAP, 0, bitmap(200)))
                .transaction(tag(BITMAP, 0, bitmap(201))).write();
        assertThat(extents()).isEqualTo(expected(GROUP + 200, GROUP + 201));
    }

    @Test
    void aTransactionWithoutAnEndCountsAsWell() throws ImagingException {
        journal(blocks()).transaction(tag(2, 0)).begun(tag(BITMAP, 0, bitmap(99))).write();
        assertThat(extents()).isEqualTo(expected(GROUP + 99));
    }

    @Test
    void whatAnEscapedCopyLacksCountsAsInUse() throws ImagingException {
        journal(blocks()).transaction(tag(BITMAP, ESCAPED, bitmap(40))).write();
        int[] more = IntStream.concat(IntStream.range(GROUP, GROUP + 32), IntStream.of(GROUP + 40)).toArray();
        assertThat(extents()).isEqualTo(expected(more));
    }

    @Test
    void aJournalByExtentsIsFollowed() throws ImagingException {
        volume.incompat |= 0x40;
        journal(IntStream.concat(IntStream.range(300, 303), IntStream.range(400, 405)).boxed().toList())
                .transaction(tag(2, 0), tag(BITMAP, 0, bitmap(200)), tag(3, 0)).write();
        assertThat(extents()).isEqualTo(expected(GROUP + 200));
    }

    @Test
    void anUnsettledVolumeMayHaveForgottenItsStructures() throws ImagingException {
        journal(blocks()).transaction(tag(2, 0)).write();
        volume.forgotten.set(BITMAP);
        volume.forgotten.set(305);
        assertThat(extents()).isEqualTo(expected());
    }

    @Test
    void aLogThatWasReplayedIsNotLookedAt() throws ImagingException {
        JournalBuilder journal = journal(blocks()).transaction(tag(BITMAP, 0, bitmap(200)));
        journal.clean = true;
        journal.write();
        assertThat(extents()).isEqualTo(expected());
    }

    @Test
    void withoutTheFlagTheLogIsNotLookedAt() throws ImagingException {
        journal(blocks()).transaction(tag(BITMAP, 0, bitmap(200))).write();
        volume.incompat &= ~0x4;
        assertThat(extents()).isEqualTo(expected());
        assertThat(recognise().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x40})
    void featuresThatCannotBeReadMakeAllBlocksCount(int feature) throws ImagingException {
        journal(blocks()).features(feature).transaction(tag(BITMAP, 0, bitmap(200))).write();
        everything();
    }

    @Test
    void aJournalOnAnotherDeviceMakesAllBlocksCount() throws ImagingException {
        journal(List.of());
        volume.journalDevice = 0x801;
        everything();
        assertThat(recognise().warnings()).hasSize(2).last().asString().contains("journal on another device");
    }

    @Test
    void aVolumeThatWaitsForAJournalItDoesNotHaveIsTakenWhole() throws ImagingException {
        volume.incompat |= 0x4;
        everything();
    }

    private void everything() throws ImagingException {
        volume.surplusBytes = 700;
        assertThat(extents()).isEqualTo(new ExtentList.Builder().add(0, volume.deviceLength()).build());
        assertThat(recognise().warnings()).first().asString().contains("needs recovery", "all blocks are taken");
    }

    @Test
    void aWholeJournalOnAnotherDeviceIsSaidButCostsNothing() throws ImagingException {
        volume.compat |= 0x4;
        volume.journalDevice = 0x801;
        assertThat(extents()).isEqualTo(expected());
        assertThat(recognise().warnings()).singleElement().asString().contains("journal on another device");
    }

    @Test
    void aSuperblockThatIsNoneIsRefused() {
        JournalBuilder journal = journal(blocks());
        journal.type = 9;
        journal.write();
        refused(300 * 1024, "type 9");
    }

    @Test
    void blocksOfAnotherSizeAreRefused() {
        JournalBuilder journal = journal(blocks());
        journal.blockSize = 4096;
        journal.write();
        refused(300 * 1024 + 0xC, "blocks of the journal have 4096 bytes");
    }

    @Test
    void aLogLongerThanTheJournalIsRefused() {
        JournalBuilder journal = journal(blocks());
        journal.length = 13;
        journal.write();
        refused(300 * 1024 + 0x10, "1..12 of a journal of 12 blocks");
    }

    @Test
    void aLogThatBeginsOutsideIsRefused() {
        JournalBuilder journal = journal(blocks()).from(5);
        journal.first = 6;
        journal.write();
        refused(300 * 1024 + 0x1C, "begins in block 5");
    }

    @Test
    void aJournalThatIsNoFileIsRefused() {
        journal(blocks()).write();
        volume.build(512);
        volume.bytes.writeShort(volume.journalInodeOffset(), 0x4000);
        refusedAsItIs(volume.journalInodeOffset(), "mode 0x4000");
    }

    @Test
    void aJournalLargerThanTheVolumeIsRefused() {
        journal(blocks()).write();
        volume.build(512);
        volume.bytes.writeInt(volume.journalInodeOffset() + 0x6C, 1);
        refusedAsItIs(volume.journalInodeOffset() + 4, "the journal has 4294979584 bytes");
    }

    @Test
    void aJournalWithAHoleIsRefused() {
        journal(blocks()).write();
        volume.build(512);
        volume.bytes.writeInt(volume.journalInodeOffset() + 0x28 + 8, 0);
        refusedAsItIs(volume.journalInodeOffset() + 0x28 + 8, "1 blocks at 0");
    }

    @Test
    void aJournalInOtherStructuresIsRefused() {
        volume.incompat |= 0x200;
        volume.flexGroups = 2;
        volume.build(512);
        int foreign = volume.descriptors.get(1)[1];
        volume.descriptors.clear();
        journal(List.of(300, foreign)).write();
        refused(foreign * 1024L, "belongs twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 6, 12, 16, 18, 20})
    void aDamagedExtentTreeIsRefused(int at) {
        volume.incompat |= 0x40;
        journal(blocks()).write();
        volume.build(512);
        volume.bytes.writeShort(volume.journalInodeOffset() + 0x28 + at, 0x1234);
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> Extents.of(volume.device(512)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.offset()).isBetween(volume.journalInodeOffset(), volume.journalInodeOffset() + 0x28 + 20);
    }

    private void refused(long offset, String reason) {
        volume.build(512);
        refusedAsItIs(offset, reason);
    }

    private void refusedAsItIs(long offset, String reason) {
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> Extents.of(volume.device(512)));
        assertThat(refusal).isNotNull().hasMessageContaining(reason);
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
    }
}
