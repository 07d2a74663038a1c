package org.imagingutility.engine.repository.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.ForgetResult;
import org.imagingutility.api.repository.RetainedImage;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** Forgets images: deletes their manifests, and nothing else. Looks at keys alone, unless tags decide, so one that is damaged can be forgotten, too. */
public final class ForgetJob {
    private final Repository repository;
    private final ForgetRequest request;
    private final List<RetainedImage> images = new ArrayList<>();

    private ForgetJob(Repository repository, ForgetRequest request) {
        this.repository = repository;
        this.request = request;
    }

    /** Forgets what the request says. */
    public static ForgetResult run(JobPlugins plugins, ForgetRequest request) throws ImagingException {
        try (Repository repository = Repository.open(plugins.blobStoreFor(request.repository()), request.repository())) {
            return new ForgetJob(repository, request).run();
        }
    }

    private ForgetResult run() throws ImagingException {
        List<ImageKey> all = repository.images(ObjectNames.IMAGES);
        Set<ImageKey> going = request.policy().isPresent() ? byPolicy(all) : exact(all);
        if (!request.dryRun()) {
            for (ImageKey key : going) {
                repository.delete(key.key());
            }
        }
        return new ForgetResult(request.dryRun(), images);
    }

    private Set<ImageKey> byPolicy(List<ImageKey> all) throws ImagingException {
        Map<String, List<ImageKey>> names = new LinkedHashMap<>();
        all.forEach(key -> names.computeIfAbsent(key.name(), name -> new ArrayList<>()).add(key));
        for (String name : request.images()) {
            if (!names.containsKey(name)) {
                throw new UsageException("there is no image \"" + name + "\" in \"" + request.repository() + "\"", "imaging images --repository=R");
            }
        }
        Retention retention = new Retention(request.policy().orElseThrow());
        Set<ImageKey> going = new HashSet<>();
        for (var name : names.entrySet()) {
            if (!request.images().isEmpty() && !request.images().contains(name.getKey())) {
                continue;
            }
            List<List<String>> reasons = retention.reasons(name.getValue());
            for (int i = 0; i < reasons.size(); i++) {
                ImageKey key = name.getValue().get(i);
                reasons.get(i).addAll(tagged(key));
                images.add(new RetainedImage(key.reference(request.repository()), key.name(), reasons.get(i)));
                if (reasons.get(i).isEmpty()) {
                    going.add(key);
                }
            }
        }
        return going;
    }

    /** Returns why an image is kept by its tags. They stand in its manifest, which is read only if tags decide. */
    private List<String> tagged(ImageKey key) throws ImagingException {
        List<String> kept = request.policy().orElseThrow().tags();
        if (kept.isEmpty()) {
            return List.of();
        }
        try {
            List<String> tags = ImageLabels.of(RepositoryReader.open(repository, key).info().spec().metadata()).tags();
            return kept.stream().filter(tags::contains).map(tag -> "tag " + tag).toList();
        } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
            return List.of("its tags cannot be read");
        }
    }

    private Set<ImageKey> exact(List<ImageKey> all) throws UsageException {
        Set<ImageKey> going = new HashSet<>();
        for (String image : request.images()) {
            int at = image.indexOf('@');
            String begin = at < 0 ? image : ObjectNames.imagesOf(image.substring(0, at)) + image.substring(at + 1);
            List<ImageKey> meant = all.stream().filter(key -> key.key().startsWith(begin)).toList();
            if (at < 0 || at == image.length() - 1 || meant.size() != 1) {
                throw new UsageException("\"" + image + "\" is not one image of \"" + request.repository() + "\""
                        + (at < 0 ? "" : ": " + meant.size() + " begin so"), "NAME@TIME as images lists it");
            }
            if (going.add(meant.get(0))) {
                images.add(new RetainedImage(meant.get(0).reference(request.repository()), meant.get(0).name(), List.of()));
            }
        }
        return going;
    }
}
