using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Inventory.Postgres.Migrations;

/// <summary>One numbered SQL file, embedded in this assembly as <c>0001_name.sql</c>.</summary>
internal sealed record MigrationScript(int Version, string Name, string Sql)
{
    // The first line of a script that builds indexes without stopping writers, which Postgres does outside of a transaction
    // only. Each of its statements ends its line, and all of them may run again after a failure in the middle.
    private const string ApartMark = "-- outside of a transaction";

    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    public bool IsOutsideOfTransaction => Sql.StartsWith(ApartMark, StringComparison.Ordinal);

    public IEnumerable<string> Statements =>
        Sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>All of them, by version.</summary>
    public static IReadOnlyList<MigrationScript> All { get; } = Load(typeof(MigrationScript).Assembly);

    private static IReadOnlyList<MigrationScript> Load(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(script => script.Version)];

    private static MigrationScript Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var version = int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        return new MigrationScript(version, name, reader.ReadToEnd());
    }
}
