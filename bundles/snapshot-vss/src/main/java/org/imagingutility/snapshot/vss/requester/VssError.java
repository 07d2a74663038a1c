package org.imagingutility.snapshot.vss.requester;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the Volume Shadow Copy Service and COM answer when they cannot, in words, with what a user can do. Codes of {@code VSS_E_*}
 * are those of {@code vsserror.h} and {@code vswriter.h}, the others those of {@code winerror.h}.
 */
public enum VssError {
    /** {@code E_ACCESSDENIED}. */
    ACCESS_DENIED(0x80070005, "access is denied", "run this program as administrator"),
    /** {@code E_NOTIMPL}, which a 32-bit program gets on a 64-bit Windows, and any program where VSS is a shell only. */
    NOT_IMPLEMENTED(0x80004001, "the shadow copy service of this system does not do that for this program",
            "use the Java runtime for the processor that Windows runs on"),
    /** {@code E_OUTOFMEMORY}. */
    OUT_OF_MEMORY(0x8007000E, "there is not enough memory", "close other programs and try again"),
    /** {@code E_UNEXPECTED}. */
    UNEXPECTED_FAILURE(0x8000FFFF, "an unexpected failure", Remedies.EVENTS),
    /** {@code HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)}. */
    MODULE_MISSING(0x8007007E, "vssapi.dll is not there: this system has no shadow copies", Remedies.WITHOUT),
    /** {@code E_INVALIDARG}. */
    INVALID_ARGUMENT(0x80070057, "it does not take such a volume", "name the volume by its letter: C:"),
    /** {@code HRESULT_FROM_WIN32(ERROR_SERVICE_DISABLED)}. */
    SERVICE_DISABLED(0x80070422, "the service \"Volume Shadow Copy\" is disabled", "set its start type to manual: sc config VSS start= demand"),
    /** {@code HRESULT_FROM_WIN32(ERROR_SERVICE_REQUEST_TIMEOUT)}. */
    SERVICE_DID_NOT_START(0x8007041D, "the service \"Volume Shadow Copy\" did not start in time", "try again; " + Remedies.EVENTS),
    /** {@code HRESULT_FROM_WIN32(ERROR_SERVICE_DOES_NOT_EXIST)}. */
    SERVICE_MISSING(0x80070424, "the service \"Volume Shadow Copy\" is not installed", Remedies.WITHOUT),
    /** {@code REGDB_E_CLASSNOTREG}. */
    CLASS_NOT_REGISTERED(0x80040154, "the shadow copy service is not registered on this system", Remedies.WITHOUT),
    /** {@code CO_E_SERVER_EXEC_FAILURE}. */
    SERVER_DID_NOT_START(0x80080005, "the service \"Volume Shadow Copy\" could not be started", Remedies.EVENTS),
    /** {@code HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE)}. */
    SERVER_UNAVAILABLE(0x800706BA, "the service \"Volume Shadow Copy\" is not running any more", "try again; " + Remedies.EVENTS),
    /** {@code RPC_E_DISCONNECTED}. */
    DISCONNECTED(0x80010108, "the service \"Volume Shadow Copy\" was stopped meanwhile", "try again"),

    /** {@code VSS_E_BAD_STATE}. */
    BAD_STATE(0x80042301, "the service was asked for this out of order", Remedies.EVENTS),
    /** {@code VSS_E_UNEXPECTED}. */
    UNEXPECTED(0x80042302, "an unexpected error of the service", Remedies.EVENTS),
    /** {@code VSS_E_PROVIDER_NOT_REGISTERED}. */
    PROVIDER_NOT_REGISTERED(0x80042304, "the provider of shadow copies is not registered", "see what \"vssadmin list providers\" says"),
    /** {@code VSS_E_PROVIDER_VETO}. */
    PROVIDER_VETO(0x80042306, "the provider of shadow copies refused", Remedies.EVENTS),
    /** {@code VSS_E_PROVIDER_IN_USE}. */
    PROVIDER_IN_USE(0x80042307, "the provider of shadow copies is in use", "try again later"),
    /** {@code VSS_E_OBJECT_NOT_FOUND}. */
    OBJECT_NOT_FOUND(0x80042308, "there is no such volume or shadow copy", "check the spelling; \"imaging list\" shows the volumes there are"),
    /** {@code VSS_E_VOLUME_NOT_SUPPORTED}. */
    VOLUME_NOT_SUPPORTED(0x8004230C, "shadow copies of this volume are not supported: its file system is not NTFS or ReFS, or it is no local fixed"
            + " disk", Remedies.WITHOUT),
    /** {@code VSS_E_OBJECT_ALREADY_EXISTS}. */
    OBJECT_ALREADY_EXISTS(0x8004230D, "the volume is in the set already", "name each volume once"),
    /** {@code VSS_E_VOLUME_NOT_SUPPORTED_BY_PROVIDER}. */
    VOLUME_NOT_SUPPORTED_BY_PROVIDER(0x8004230E, "the provider does not make shadow copies of this volume", Remedies.WITHOUT),
    /** {@code VSS_E_UNEXPECTED_PROVIDER_ERROR}. */
    UNEXPECTED_PROVIDER_ERROR(0x8004230F, "an unexpected error of the provider of shadow copies", Remedies.EVENTS),
    /** {@code VSS_E_MAXIMUM_NUMBER_OF_VOLUMES_REACHED}. */
    TOO_MANY_VOLUMES(0x80042312, "there are more volumes than one snapshot set can have", "make images of fewer volumes at a time"),
    /** {@code VSS_E_FLUSH_WRITES_TIMEOUT}. */
    FLUSH_WRITES_TIMEOUT(0x80042313, "the volume could not be flushed in time: there is too much writing", "try again when there is less", true),
    /** {@code VSS_E_HOLD_WRITES_TIMEOUT}. */
    HOLD_WRITES_TIMEOUT(0x80042314, "writes could not be held back as long as it took: there is too much writing", "try again when there is less",
            true),
    /** {@code VSS_E_UNEXPECTED_WRITER_ERROR}. */
    UNEXPECTED_WRITER_ERROR(0x80042315, "an unexpected error while writers were asked", Remedies.WRITERS),
    /** {@code VSS_E_SNAPSHOT_SET_IN_PROGRESS}. */
    SET_IN_PROGRESS(0x80042316, "another program is making a shadow copy, and Windows makes one set at a time", "wait until it is done, and try"
            + " again", true),
    /** {@code VSS_E_MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED}. */
    TOO_MANY_SNAPSHOTS(0x80042317, "the volume has as many shadow copies as it can", "remove old ones: vssadmin delete shadows /for=C: /oldest"),
    /** {@code VSS_E_WRITER_INFRASTRUCTURE}. */
    WRITER_INFRASTRUCTURE(0x80042318, "the writers cannot be asked: their infrastructure does not work", "see that the services \"Volume Shadow"
            + " Copy\" and \"COM+ Event System\" run; " + Remedies.EVENTS),
    /** {@code VSS_E_WRITER_NOT_RESPONDING}. */
    WRITER_NOT_RESPONDING(0x80042319, "a writer does not respond", Remedies.WRITERS, true),
    /** {@code VSS_E_UNSUPPORTED_CONTEXT}. */
    UNSUPPORTED_CONTEXT(0x8004231B, "the provider does not make shadow copies for backups", Remedies.WITHOUT),
    /** {@code VSS_E_VOLUME_IN_USE}. */
    VOLUME_IN_USE(0x8004231D, "the volume is locked by another program", "close the program that checks or formats it"),
    /** {@code VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED}. */
    TOO_MANY_STORAGE_AREAS(0x8004231E, "the volume that holds the shadow copy storage cannot hold more", Remedies.STORAGE),
    /** {@code VSS_E_INSUFFICIENT_STORAGE}. */
    INSUFFICIENT_STORAGE(0x8004231F, "there is not enough room for shadow copy storage", Remedies.STORAGE),
    /** {@code VSS_E_REBOOT_REQUIRED}. */
    REBOOT_REQUIRED(0x80042327, "Windows has to be restarted first", "restart it"),
    /** {@code VSS_E_TRANSACTION_FREEZE_TIMEOUT}. */
    TRANSACTION_FREEZE_TIMEOUT(0x80042328, "transactions of the file system did not come to rest in time", "try again when there is less writing", true),
    /** {@code VSS_E_TRANSACTION_THAW_TIMEOUT}. */
    TRANSACTION_THAW_TIMEOUT(0x80042329, "transactions of the file system did not resume in time", "try again when there is less writing", true),
    /** {@code VSS_E_NESTED_VOLUME_LIMIT}. */
    NESTED_VOLUME_LIMIT(0x8004232C, "the volume lies in a virtual disk on a volume, too deep for shadow copies", Remedies.WITHOUT),
    /** {@code VSS_E_VOLUME_NOT_LOCAL}. */
    VOLUME_NOT_LOCAL(0x8004232D, "the volume is not one of this machine", "make the image on the machine that has it"),
    /** {@code VSS_E_CLUSTER_TIMEOUT}. */
    CLUSTER_TIMEOUT(0x8004232E, "the cluster did not answer in time", "try again", true),
    /** {@code VSS_E_NOT_SUPPORTED}. */
    NOT_SUPPORTED(0x8004232F, "the provider does not support that", Remedies.WITHOUT),
    /** {@code VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT}. */
    WRITER_INCONSISTENT(0x800423F0, "the snapshot does not have all volumes that the writer needs", "image all volumes that its data lies on"
            + " together: --volumes"),
    /** {@code VSS_E_WRITERERROR_OUTOFRESOURCES}. */
    WRITER_OUT_OF_RESOURCES(0x800423F1, "the writer ran out of memory or other resources", Remedies.WRITERS, true),
    /** {@code VSS_E_WRITERERROR_TIMEOUT}. */
    WRITER_TIMEOUT(0x800423F2, "the writer did not come to rest in time", "try again when there is less writing", true),
    /** {@code VSS_E_WRITERERROR_RETRYABLE}. */
    WRITER_RETRYABLE(0x800423F3, "the writer failed with an error that may pass", "try again", true),
    /** {@code VSS_E_WRITERERROR_NONRETRYABLE}. */
    WRITER_NONRETRYABLE(0x800423F4, "the writer failed with an error that will not pass by itself", Remedies.WRITERS),
    /** {@code VSS_E_WRITERERROR_RECOVERY_FAILED}. */
    WRITER_RECOVERY_FAILED(0x800423F5, "the writer could not put its data in order in the snapshot", Remedies.WRITERS),
    /** {@code VSS_E_WRITERERROR_PARTIAL_FAILURE}. */
    WRITER_PARTIAL_FAILURE(0x80042336, "the writer failed for a part of its data", Remedies.WRITERS),
    /** {@code VSS_E_WRITER_STATUS_NOT_AVAILABLE}. */
    WRITER_STATUS_NOT_AVAILABLE(0x80042409, "the status of the writers is not to be had", Remedies.WRITERS, true),
    /** {@code VSS_E_DYNAMIC_DISK_ERROR}. */
    DYNAMIC_DISK_ERROR(0x800423FC, "an error of dynamic disks", Remedies.EVENTS);

    /** {@code VSS_S_ASYNC_PENDING}. */
    public static final int ASYNC_PENDING = 0x00042309;
    /** {@code VSS_S_ASYNC_FINISHED}. */
    public static final int ASYNC_FINISHED = 0x0004230A;
    /** {@code VSS_S_ASYNC_CANCELLED}. */
    public static final int ASYNC_CANCELLED = 0x0004230B;

    private final int code;
    private final String words;
    private final String remedy;
    private final boolean mayPass;

    VssError(long code, String words, String remedy) {
        this(code, words, remedy, false);
    }

    VssError(long code, String words, String remedy, boolean mayPass) {
        this.code = (int) code;
        this.words = words;
        this.remedy = remedy;
        this.mayPass = mayPass;
    }

    /** What several errors are helped by; nested, since constants of an enum are not there yet when its values are made. */
    private static final class Remedies {
        static final String EVENTS = "see what the Application log of Windows says of VSS and volsnap";
        static final String WRITERS = "see what \"vssadmin list writers\" says, and restart the service that the writer belongs to";
        static final String STORAGE = "make room, or give it more: vssadmin resize shadowstorage /for=C: /on=C: /maxsize=10%";
        static final String WITHOUT = "leave out --use-vss, and see to it that nothing writes to the volume";
    }

    /** Returns the HRESULT. */
    public int code() {
        return code;
    }

    /** Returns what is wrong, as the end of a sentence. */
    public String words() {
        return words;
    }

    /** Returns what a user can do. */
    public String remedy() {
        return remedy;
    }

    /** Says whether trying again a little later may do. */
    public boolean mayPass() {
        return mayPass;
    }

    /** Returns what is known of a code. */
    public static Optional<VssError> of(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }

    /** Returns a code in words, with its number. */
    public static String describe(int code) {
        return of(code).map(error -> error.words + " (").orElse("error (") + hex(code) + ")";
    }

    /** Says whether an HRESULT is that of a failure: its highest bit is set. */
    public static boolean failed(int code) {
        return code < 0;
    }

    /** Returns an HRESULT as documents write it: {@code 0x80042316}. */
    public static String hex(int code) {
        return String.format(Locale.ROOT, "0x%08X", code);
    }
}
