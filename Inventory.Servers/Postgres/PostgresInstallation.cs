using System.Globalization;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Postgres;

/// <summary>Where the programs of PostgreSQL are, and the account they run under if we are root.</summary>
internal sealed record PostgresInstallation(string BinFolder, UnixUser? User)
{
    private const string Missing = "PostgreSQL 15 or later";
    private const string Install = "apt-get install postgresql";
    private const string DebianFolder = "/usr/lib/postgresql";
    private const string UserName = "postgres";

    public string InitDb => Path.Combine(BinFolder, "initdb");

    public string BaseBackup => Path.Combine(BinFolder, "pg_basebackup");

    public string CreateDb => Path.Combine(BinFolder, "createdb");

    public string Server => Path.Combine(BinFolder, "postgres");

    public static PostgresInstallation Find() =>
        Find(DebianFolder, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Debian keeps versions apart and off the PATH; elsewhere they are on it.</summary>
    public static PostgresInstallation Find(string versionsFolder, string? searchPath)
    {
        var binFolder = Versions(versionsFolder).FirstOrDefault(IsComplete)
            ?? (Executables.Find("initdb", searchPath) is { } initDb ? Folder(initDb) : null);
        if (binFolder is null || !IsComplete(binFolder))
        {
            throw new MissingPrerequisiteException(Missing, Install);
        }

        return new PostgresInstallation(binFolder, FindUser());
    }

    /// <summary>PostgreSQL refuses to run as root, and rightly so.</summary>
    private static UnixUser? FindUser() =>
        UnixUser.IsRoot
            ? UnixUser.Find(UserName)
                ?? throw new MissingPrerequisiteException($"The user '{UserName}'", $"useradd --system {UserName}")
            : null;

    private static IEnumerable<string> Versions(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder)
                .Where(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out _))
                .OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
                .Select(version => Path.Combine(version, "bin"))
            : [];

    private static string Folder(string program) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;

    private static bool IsComplete(string binFolder) =>
        File.Exists(Path.Combine(binFolder, "initdb"))
        && File.Exists(Path.Combine(binFolder, "postgres"))
        && File.Exists(Path.Combine(binFolder, "createdb"));
}
