package org.imagingutility.tck;

import java.util.List;

/** What every plug-in of a kind must keep. */
public interface Contract {

    /** Returns the rules, always in the same order; each may be tried on its own and again. */
    List<ContractCheck> checks();
}
