package org.imagingutility.engine.files.compare;

import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.FileDifference;

/** Passes differences on, those that a run before told of not once more: both trees are gone through in one order. For one thread. */
final class DifferencesOnce implements DifferenceSink {
    private final DifferenceSink sink;
    private long told;
    private Object last;
    private long toSkip;

    DifferencesOnce(DifferenceSink sink) {
        this.sink = sink;
    }

    /** What was told of, by its path. */
    private record Told(String source, String path) {
    }

    /** Says that the comparison begins again. */
    void startOver() {
        toSkip = told;
    }

    @Override
    public void differs(FileDifference difference) throws ImagingException {
        if (isNew(new Told("", difference.path()))) {
            sink.differs(difference);
        }
    }

    @Override
    public void unreadable(String source, String path, ImagingException error) throws ImagingException {
        if (isNew(new Told(source, path))) {
            sink.unreadable(source, path, error);
        }
    }

    private boolean isNew(Told what) throws FileSystemException {
        if (toSkip == 0) {
            told++;
            last = what;
            return true;
        }
        if (--toSkip == 0 && !what.equals(last)) {
            throw new FileSystemException(what.source(), -1, "the files changed while they were compared: a plug-in was replaced, and \""
                    + what.path() + "\" came where another one did before", "compare images, or volumes that nobody writes to");
        }
        return false;
    }
}
