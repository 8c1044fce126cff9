using System.Globalization;
using System.Security.Cryptography;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Postgres;

/// <summary>The files of one PostgreSQL server.</summary>
internal sealed class PostgresFolder(string folder, PostgresInstallation installation)
{
    public const string DataName = "data";
    public const string AccessName = "pg_hba.conf";
    private const string PasswordName = "password";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder as the server finds it.</summary>
    public string SeenByServer => installation.User is null ? folder : ChildProcessOptions.GivenFolderPath;

    public string Data => Path.Combine(folder, DataName);

    public string LogFile => Path.Combine(folder, "postgres.log");

    public string PasswordFile => Path.Combine(folder, PasswordName);

    /// <summary>There once the database was created: data without it are left of a start that was broken off.</summary>
    public string CompleteMark => Path.Combine(folder, "complete");

    public bool IsComplete => File.Exists(CompleteMark);

    public string ReadPassword() => File.ReadAllText(PasswordFile);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellationToken);
        var initialize = new ChildProcessOptions
        {
            Name = "initdb",
            FileName = installation.InitDb,
            Arguments =
            [
                "--pgdata", Path.Combine(SeenByServer, DataName),
                "--username", PostgresServer.User, "--pwfile", Path.Combine(SeenByServer, PasswordName),
                "--auth-host=scram-sha-256", "--auth-local=reject", "--encoding=UTF8", "--locale=C.UTF-8",
                // A crash during initdb is told by the missing mark, so nothing is gained by waiting for the disk.
                "--no-sync",
            ],
            LogFile = Path.Combine(folder, "initdb.log"),
            User = installation.User,
            GivenFolder = folder,
        };
        await ChildProcess.RunAsync(initialize, cancellationToken);
    }

    /// <summary>Copies the data of a running server so that a server on them follows it.</summary>
    public async Task CopyAsync(int port, string password, CancellationToken cancellationToken)
    {
        await PrepareAsync(password, cancellationToken);
        var copy = new ChildProcessOptions
        {
            Name = "pg_basebackup",
            FileName = installation.BaseBackup,
            Arguments =
            [
                "--pgdata", Path.Combine(SeenByServer, DataName),
                "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
                $"--username={PostgresServer.User}", "--no-password",
                "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
            ],
            Environment = new Dictionary<string, string?> { ["PGPASSWORD"] = password },
            LogFile = Path.Combine(folder, "pg_basebackup.log"),
            User = installation.User,
            GivenFolder = folder,
        };
        await ChildProcess.RunAsync(copy, cancellationToken);
        await File.WriteAllTextAsync(CompleteMark, "", cancellationToken);
    }

    private async Task PrepareAsync(string password, CancellationToken cancellationToken)
    {
        await WritePasswordAsync(password, cancellationToken);
        await WriteAccessAsync(cancellationToken);
        Directory.CreateDirectory(Data, OwnerOnly | UnixFileMode.UserExecute);
        installation.User?.Own(Data);
    }

    private async Task WritePasswordAsync(string password, CancellationToken cancellationToken)
    {
        var create = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        await using (var writer = new StreamWriter(PasswordFile, create))
        {
            await writer.WriteAsync(password.AsMemory(), cancellationToken);
        }

        installation.User?.Own(PasswordFile);
    }

    private Task WriteAccessAsync(CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(
            Path.Combine(folder, AccessName),
            """
            # Everybody needs the password, and there is no way in but loopback.
            host  all          all  127.0.0.1/32  scram-sha-256
            host  replication  all  127.0.0.1/32  scram-sha-256

            """,
            cancellationToken);
}
