package org.imagingutility.disk;

import java.util.Map;

/**
 * Names of the type GUIDs of a GPT: those of the UEFI specification (5.3.3), and those that vendors and the Discoverable
 * Partitions Specification made known.
 */
final class GptTypes {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI system"),
            Map.entry("024DEE41-33E7-11D3-9D69-0008C781F39F", "MBR scheme"),
            Map.entry("21686148-6449-6E6F-744E-656564454649", "BIOS boot"),
            Map.entry("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
            Map.entry("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"),
            Map.entry("5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", "Microsoft LDM metadata"),
            Map.entry("AF9B60A0-1431-4F62-BC68-3311714A69AD", "Microsoft LDM data"),
            Map.entry("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", "Windows recovery"),
            Map.entry("E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D", "Microsoft storage spaces"),
            Map.entry("558D43C5-A1AC-43C0-AAC8-D1472B2923D1", "Microsoft storage replica"),
            Map.entry("37AFFC90-EF7D-4E96-91C3-2D7AE055B174", "IBM GPFS"),
            Map.entry("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux file system"),
            Map.entry("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
            Map.entry("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
            Map.entry("A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"),
            Map.entry("933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux home"),
            Map.entry("3B8F8425-20E0-4F3B-907F-1A25A76F98E8", "Linux server data"),
            Map.entry("8DA63339-0007-60C0-C436-083AC8230908", "Linux reserved"),
            Map.entry("BC13C2FF-59E6-4262-A352-B275FD6F7172", "Linux extended boot"),
            Map.entry("44479540-F297-41B2-9AF7-D131D5F0458A", "Linux root (x86)"),
            Map.entry("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"),
            Map.entry("69DAD710-2CE4-4E3C-B16C-21A1D49ABED3", "Linux root (ARM)"),
            Map.entry("B921B045-1DF0-41C3-AF44-4C6F280D3FAE", "Linux root (ARM-64)"),
            Map.entry("8484680C-9521-48C6-9C11-B0720656F69E", "Linux usr (x86-64)"),
            Map.entry("B0E01050-EE5F-4390-949A-9101B17104E9", "Linux usr (ARM-64)"),
            Map.entry("4D21B016-B534-45C2-A9FB-5C16E091FD2D", "Linux variable data"),
            Map.entry("7EC6F557-3BC5-4ACA-B293-16EF5DF639D1", "Linux temporary data"),
            Map.entry("7FFEC5C9-2D00-49B7-8941-3EA10A5586B7", "Linux dm-crypt"),
            Map.entry("CA7D7CCB-63ED-4C53-861C-1742536059CC", "Linux LUKS"),
            Map.entry("48465300-0000-11AA-AA11-00306543ECAC", "Apple HFS+"),
            Map.entry("7C3457EF-0000-11AA-AA11-00306543ECAC", "Apple APFS"),
            Map.entry("55465300-0000-11AA-AA11-00306543ECAC", "Apple UFS"),
            Map.entry("52414944-0000-11AA-AA11-00306543ECAC", "Apple RAID"),
            Map.entry("426F6F74-0000-11AA-AA11-00306543ECAC", "Apple boot"),
            Map.entry("4C616265-6C00-11AA-AA11-00306543ECAC", "Apple label"),
            Map.entry("53746F72-6167-11AA-AA11-00306543ECAC", "Apple Core Storage"),
            Map.entry("83BD6B9D-7F41-11DC-BE0B-001560B84F0F", "FreeBSD boot"),
            Map.entry("516E7CB4-6ECF-11D6-8FF8-00022D09712B", "FreeBSD data"),
            Map.entry("516E7CB5-6ECF-11D6-8FF8-00022D09712B", "FreeBSD swap"),
            Map.entry("516E7CB6-6ECF-11D6-8FF8-00022D09712B", "FreeBSD UFS"),
            Map.entry("516E7CBA-6ECF-11D6-8FF8-00022D09712B", "FreeBSD ZFS"),
            Map.entry("824CC7A0-36A8-11E3-890A-952519AD3F61", "OpenBSD data"),
            Map.entry("49F48D5A-B10E-11DC-B99B-0019D1879648", "NetBSD FFS"),
            Map.entry("49F48D32-B10E-11DC-B99B-0019D1879648", "NetBSD swap"),
            Map.entry("6A82CB45-1DD2-11B2-99A6-080020736631", "Solaris boot"),
            Map.entry("6A898CC3-1DD2-11B2-99A6-080020736631", "Solaris usr or ZFS"),
            Map.entry("6A85CF4D-1DD2-11B2-99A6-080020736631", "Solaris root"),
            Map.entry("9D275380-40AD-11DB-BF97-000C2911D1B8", "VMware diagnostics"),
            Map.entry("AA31E02A-400F-11DB-9590-000C2911D1B8", "VMware VMFS"),
            Map.entry("9198EFFC-31C0-11DB-8F78-000C2911D1B8", "VMware reserved"),
            Map.entry("FE3A2A5D-4F32-41A7-B725-ACCC3285A309", "ChromeOS kernel"),
            Map.entry("3CB8E202-3B7E-47DD-8A3C-7FF2A13CFCEC", "ChromeOS root"),
            Map.entry("2E0A753D-9E48-43B0-8337-B15192CB1B5E", "ChromeOS reserved"),
            Map.entry("D3BFE2DE-3DAF-11DF-BA40-E3A556D89593", "Intel Rapid Start"),
            Map.entry("BFBFAFE7-A34F-448A-9A5B-6213EB736C22", "Lenovo boot"),
            Map.entry("F4019732-066E-4E12-8273-346C5641494F", "Sony boot"));

    private GptTypes() {
    }

    /** Returns the name of {@code type}, upper case with hyphens; empty if it is not known. */
    static String name(String type) {
        return NAMES.getOrDefault(type, "");
    }
}
