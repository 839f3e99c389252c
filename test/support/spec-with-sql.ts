/** A spec whose database sections show every way in which an element runs or does not. */
export const specWithSql = `<?xml version="1.0" encoding="utf-8" ?>
<otobo_package version="1.0">
    <Name>Acme</Name>
    <Version>1.2.0</Version>
    <Framework>11.0.x</Framework>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>MIT</License>
    <Description Lang="en">Contracts.</Description>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme">
            <Column Name="owner" Required="true" Type="INTEGER"/>
            <ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey>
        </TableCreate>
        <Insert Table="acme" IfPackage="Other"><Data Key="owner">2</Data></Insert>
        <Insert Table="acme"><Data Key="owner">1</Data></Insert>
    </DatabaseInstall>
    <DatabaseInstall Type="pre"><TableDrop Name="acme_old"/></DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="flag" Type="SMALLINT"/></TableAlter>
        <TableAlter Name="acme" Version="1.2.0"><ColumnDrop Name="note"/></TableAlter>
        <TableAlter Name="acme"><ColumnDrop Name="lost"/></TableAlter>
    </DatabaseUpgrade>
    <DatabaseUpgrade Type="pre"><TableDrop Name="dead" Version="1.1.0"/></DatabaseUpgrade>
    <DatabaseReinstall Type="post"><TableDrop Name="dead"/></DatabaseReinstall>
    <DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>
</otobo_package>
`;
