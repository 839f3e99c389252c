/** A complete package without a mistake, for tests that put files on a disk. */
export const goodSpec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    <Framework>7.1.x</Framework>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>MIT</License>
    <ChangeLog Version="1.0.0" Date="2024-05-02 10:00:00">First release.</ChangeLog>
    <Description Lang="en">Contracts.</Description>
    <Filelist>
        <File Permission="660" Location="Kernel/System/Acme.pm"/>
    </Filelist>
</otrs_package>
`;

/** The files of the package, spec included, by their paths. */
export const goodPackage = {
  "Acme.sopm": goodSpec,
  "Kernel/System/Acme.pm": "package Kernel::System::Acme;\n1;\n",
} as const;
