using System.Globalization;
using System.Net;
using Inventory.Servers.Files;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Postgres;

/// <summary>A real PostgreSQL server with an empty database <c>inventory</c>.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Database = "inventory";
    internal const string User = "postgres";
    private const string Name = "PostgreSQL";

    private PostgresServer(ServerProcess process, int port, string password)
    {
        Process = process;
        Port = port;
        Password = password;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username={User};Password={password};Database={Database}";
    }

    public ServerProcess Process { get; }

    public int Port { get; }

    private string Password { get; }

    /// <summary>For Npgsql, as the superuser.</summary>
    public string ConnectionString { get; }

    public static Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancellationToken) =>
        PortPlan.StartAsync(() => StartOnceAsync(options, cancellationToken));

    public Task StopAsync() => Process.StopAsync();

    /// <summary>On the same port and data.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => Process.RestartAsync(cancellationToken);

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static async Task<PostgresServer> StartOnceAsync(
        PostgresOptions options, CancellationToken cancellationToken)
    {
        var installation = PostgresInstallation.Find();
        var path = options.Paths.Postgres;
        var folder = new PostgresFolder(path, installation);
        bool isNew;
        using (await ServerFolder.PrepareAsync(Name, path, options, cancellationToken))
        {
            isNew = !folder.IsComplete;
            if (isNew)
            {
                options.Report("Creating the data of PostgreSQL ...");
                ServerFolder.Empty(path);
                await (options.StandbyOf is { } primary
                    ? folder.CopyAsync(primary.Port, primary.Password, cancellationToken)
                    : folder.InitializeAsync(cancellationToken));
            }
        }

        var endPoint = new IPEndPoint(IPAddress.Loopback, PortPlan.Resolve(options.Port, Name, IPAddress.Loopback));
        var process = new ServerProcess(Define(options, installation, folder, endPoint));
        await process.StartAsync(cancellationToken);
        try
        {
            var server = new PostgresServer(process, endPoint.Port, folder.ReadPassword());
            if (isNew && options.StandbyOf is null)
            {
                await server.CreateDatabaseAsync(installation, folder, cancellationToken);
            }

            return server;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static ServerDefinition Define(
        PostgresOptions options, PostgresInstallation installation, PostgresFolder folder, IPEndPoint endPoint)
    {
        var settings = PostgresSettings.Build(
            options, endPoint.Port, Path.Combine(folder.SeenByServer, PostgresFolder.AccessName));
        return new ServerDefinition
        {
            Options = options,
            Child = new ChildProcessOptions
            {
                Name = Name,
                FileName = installation.Server,
                Arguments =
                [
                    "-D", Path.Combine(folder.SeenByServer, PostgresFolder.DataName),
                    .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" }),
                ],
                LogFile = folder.LogFile,
                LockFile = ServerFolder.LockFile(options.Paths.Postgres),
                GivenFolder = options.Paths.Postgres,
                User = installation.User,
                // Fast shutdown: sessions are ended, what was committed is kept.
                StopSignal = ProcessSignal.Interrupt,
                OrphanSignal = ProcessSignal.Interrupt,
                StopTimeout = TimeSpan.FromSeconds(30),
            },
            BeforeStartAsync = cancellation =>
                ServerFolder.WaitUntilFreeAsync(Name, options.Paths.Postgres, options, cancellation),
            IsReadyAsync = cancellation => PostgresProbe.AsksForPasswordAsync(endPoint, cancellation),
        };
    }

    private async Task CreateDatabaseAsync(
        PostgresInstallation installation, PostgresFolder folder, CancellationToken cancellationToken)
    {
        var create = new ChildProcessOptions
        {
            Name = "createdb",
            FileName = installation.CreateDb,
            Arguments =
            [
                "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={Port}"),
                $"--username={User}", "--no-password", Database,
            ],
            Environment = new Dictionary<string, string?> { ["PGPASSWORD"] = folder.ReadPassword() },
            LogFile = Path.Combine(Path.GetDirectoryName(folder.LogFile)!, "createdb.log"),
            User = installation.User,
        };
        await ChildProcess.RunAsync(create, cancellationToken);
        await File.WriteAllTextAsync(folder.CompleteMark, "", cancellationToken);
    }
}
