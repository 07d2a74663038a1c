package org.imagingutility.tck.container;

import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Verdict;
import org.junit.jupiter.api.Test;

class ContainerFormatContractTest {

    @Test
    void aGoodFormatKeepsIt() {
        Verdict.keeps(new ContainerFormatContract(new PlainFormat()));
    }

    @Test
    void findsDamageThatIsNotNoticed() {
        Verdict.breaks(new ContainerFormatContract(new PlainFormat() {
            @Override
            boolean checksSum() {
                return false;
            }
        }), "every changed byte is found out");
    }

    @Test
    void findsAnUnfinishedImageThatOpens() {
        PlainFormat early = new PlainFormat() {
            @Override
            boolean completeAtOnce() {
                return true;
            }
        };
        Verdict.breaks(new ContainerFormatContract(early), "an unfinished image never opens");
        Verdict.breaks(new ContainerFormatContract(early), "after no write but the last does the image open");
    }

    @Test
    void findsCallsInTheWrongOrderThatAreTaken() {
        PlainFormat careless = new PlainFormat() {
            @Override
            boolean checksOrder() {
                return false;
            }
        };
        Verdict.breaks(new ContainerFormatContract(careless), "refuses chunks and frames out of order");
        Verdict.breaks(new ContainerFormatContract(careless), "refuses frames that are not those of the plan");
    }

    @Test
    void findsUnreadableRangesThatAreLost() {
        PlainFormat forgetful = new PlainFormat() {
            @Override
            boolean keepsUnreadable() {
                return false;
            }
        };
        Verdict.breaks(new ContainerFormatContract(forgetful), "comes back: unreadable ranges in and across frames and chunks");
        Verdict.breaks(new ContainerFormatContract(forgetful), "digests change with content and extents");
    }

    @Test
    void findsImagesThatDiffer() {
        long[] count = new long[1];
        Verdict.breaks(new ContainerFormatContract(new PlainFormat() {
            @Override
            long noise() {
                return count[0]++;
            }
        }), "same image, same bytes and digests");
    }

    @Test
    void findsARuntimeExceptionOnDamage() {
        Verdict.breaks(new ContainerFormatContract(new PlainFormat() {
            @Override
            public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
                try {
                    return super.open(file, codecs);
                } catch (ImagingException e) {
                    throw new IllegalStateException(e);
                }
            }
        }), "no cut image opens");
    }
}
