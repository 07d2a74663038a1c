package org.imagingutility.snapshot.vss;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.snapshot.vss.requester.Clock;
import org.imagingutility.snapshot.vss.requester.SetMaker;
import org.imagingutility.snapshot.vss.requester.SetRelease;
import org.imagingutility.snapshot.vss.requester.ShadowCopy;
import org.imagingutility.snapshot.vss.requester.Translation;
import org.imagingutility.snapshot.vss.requester.VssFailure;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Freezes Windows volumes by the Volume Shadow Copy Service, several of them at one moment. A set lasts until it is released, at the longest
 * as long as this process: its snapshots are of the kind that Windows removes when their maker is gone, so a process that is killed leaves
 * none. Used by several threads at once.
 */
@Component(service = SnapshotProvider.class)
public final class VssSnapshots implements SnapshotProvider {
    private final VssAccess access;
    private final Volumes volumes;
    private final Clock clock;

    /** Creates the provider for this machine; nothing is loaded before it is needed. */
    @Activate
    public VssSnapshots() {
        this(VssAccess.ofThisMachine(), Volumes.ofThisMachine(), Clock.SYSTEM);
    }

    VssSnapshots(VssAccess access, Volumes volumes, Clock clock) {
        this.access = access;
        this.volumes = volumes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "vss";
    }

    /**
     * {@inheritDoc} It takes volumes by letter, by their lasting name, and by a folder that one is mounted at; neither drives nor what is
     * frozen already. Whether the file system can be frozen is found out by trying.
     */
    @Override
    public boolean accepts(String reference) {
        return volumes.known() && VolumeName.of(reference).filter(name -> !name.folder() || volumes.lastingName(name.root()).isPresent())
                .isPresent();
    }

    @Override
    public Optional<String> refusal(String reference) throws ImagingException {
        Optional<String> volume = lastingName(reference);
        if (volume.isEmpty()) {
            return Optional.of("there is no such volume");
        }
        try {
            return new SetMaker(access.service(), clock, access.stepLimit()).refusal(volume.get());
        } catch (VssFailure e) {
            throw Translation.of(reference, e);
        }
    }

    @Override
    public Snapshot freeze(List<String> references) throws ImagingException {
        return freeze(references, () -> false);
    }

    @Override
    public Snapshot freeze(List<String> references, BooleanSupplier cancelled) throws ImagingException {
        Map<String, String> lastingNames = new LinkedHashMap<>();
        for (String reference : references) {
            String volume = lastingName(reference).orElseThrow(() -> new SnapshotException(reference, "there is no such volume",
                    "check the spelling; \"imaging list\" shows the volumes there are", null));
            if (!lastingNames.containsValue(volume)) {
                lastingNames.put(reference, volume);
            }
        }
        String all = String.join(", ", references);
        try {
            long kept = access.service().keep();
            try {
                SetMaker.MadeSet made = new SetMaker(access.service(), clock, access.stepLimit()).make(lastingNames, cancelled);
                HeldSet set = held(made, lastingNames, kept);
                set.hand();
                return snapshot(set, made.warnings());
            } catch (ImagingException | RuntimeException | Error e) {
                access.service().letGo(kept);
                throw e;
            }
        } catch (VssFailure e) {
            throw Translation.of(all, e);
        }
    }

    private static HeldSet held(SetMaker.MadeSet made, Map<String, String> lastingNames, long kept) {
        Map<String, String> views = new LinkedHashMap<>();
        Instant taken = Instant.MIN;
        for (Map.Entry<String, ShadowCopy> copy : made.copies().entrySet()) {
            views.put(lastingNames.get(copy.getKey()), copy.getValue().device());
            // what is said of each is when it was ready, all of them after the one moment at which writes were held
            taken = taken.isAfter(copy.getValue().taken()) ? taken : copy.getValue().taken();
        }
        return new HeldSet(made.id(), made.components().address(), kept, taken, views);
    }

    @Override
    public Snapshot reopen(String id) throws ImagingException {
        return snapshot(HeldSet.find(id).orElseThrow(() -> new SnapshotException(id, "there is no such snapshot any more: what a process has"
                + " frozen goes when the process ends", null, null)), List.of());
    }

    private VssSnapshot snapshot(HeldSet set, List<String> warnings) {
        return new VssSnapshot(set, warnings, this::lastingName, this::release);
    }

    private void release(HeldSet set) throws ImagingException {
        try {
            new SetRelease(access.service(), clock, access.stepLimit()).release(set.id(), set.address(), set.kept());
        } catch (VssFailure e) {
            throw Translation.of(set.id().toString(), e);
        }
    }

    private Optional<String> lastingName(String reference) {
        return VolumeName.of(reference).flatMap(name -> volumes.lastingName(name.root()));
    }

    /** Ends the thread that COM is called on; sets stay. */
    @Deactivate
    void deactivate() {
        access.close();
    }
}
