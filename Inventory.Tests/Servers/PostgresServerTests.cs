using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Inventory.Servers;
using Inventory.Servers.Postgres;
using Inventory.Servers.Processes;
using Npgsql;

namespace Inventory.Tests.Servers;

[SupportedOSPlatform("linux")]
public sealed class PostgresServerTests(RealServers servers) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_never_runs_as_root()
    {
        var server = await servers.PostgresAsync();

        // Of its children some end at any time.
        Assert.InRange(ProcessFacts.UserId(server.Process.ProcessId)!.Value, 1, int.MaxValue);
        Assert.All(
            ProcessTree.Descendants(server.Process.ProcessId),
            processId => Assert.NotEqual(0, ProcessFacts.UserId(processId)));
    }

    [Fact]
    public async Task It_wants_the_password_and_serves_the_database_with_logical_replication()
    {
        var server = await servers.PostgresAsync();

        Assert.Equal(PostgresServer.Database, await AskAsync(server, "SELECT current_database()::text"));
        Assert.Equal("logical", await AskAsync(server, "SHOW wal_level"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var exception = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancellation));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, exception.SqlState);
    }

    [Fact]
    public async Task The_password_is_for_its_owner_only()
    {
        await servers.PostgresAsync();

        var mode = File.GetUnixFileMode(Path.Combine(servers.Folder, "postgres", "password"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task Stopping_it_leaves_no_process_and_its_data_are_kept_only_for_a_start_that_reuses_them()
    {
        int[] family;
        await using (var first = await StartAsync())
        {
            await AskAsync(first, "CREATE TABLE kept AS SELECT 1 AS id");
            family = [first.Process.ProcessId, .. ProcessTree.Descendants(first.Process.ProcessId)];
            await first.StopAsync();
            Assert.Equal(0, await first.Process.Exited);
        }

        await ProcessFacts.WaitUntilGoneAsync(family, Cancellation);
        await using (var second = await StartAsync(reuse: true))
        {
            Assert.Equal(1L, await AskAsync(second, "SELECT count(*) FROM kept"));
        }

        await using var third = await StartAsync();
        Assert.Equal(DBNull.Value, await AskAsync(third, "SELECT to_regclass('kept')::text"));
    }

    [Fact]
    public async Task After_a_kill_it_restarts_on_the_same_port_with_what_was_committed()
    {
        await using var server = await StartAsync();
        await AskAsync(server, "CREATE TABLE kept AS SELECT 1 AS id");
        int[] family = [server.Process.ProcessId, .. ProcessTree.Descendants(server.Process.ProcessId)];

        server.Process.Kill();

        Assert.Equal(128 + (int)ProcessSignal.Kill, await server.Process.Exited);
        Assert.False(server.Process.StopRequested);
        await ProcessFacts.WaitUntilGoneAsync(family, Cancellation);
        var port = server.Port;
        await server.RestartAsync(Cancellation);
        Assert.Equal(port, server.Port);
        Assert.Equal(1L, await AskAsync(server, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task A_start_that_fails_tells_the_log_and_leaves_no_process()
    {
        var options = Options() with { Settings = new Dictionary<string, string> { ["wal_level"] = "nonsense" } };

        var exception = await Assert.ThrowsAsync<ServerStartException>(
            () => PostgresServer.StartAsync(options, Cancellation));

        Assert.StartsWith(
            "PostgreSQL ended with exit code 1 instead of starting.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("invalid value for parameter \"wal_level\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_on_a_port_that_is_in_use_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = Options() with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };

        var exception = await Assert.ThrowsAsync<ServerStartException>(
            () => PostgresServer.StartAsync(options, Cancellation));

        Assert.Equal($"PostgreSQL cannot start: port {options.Port} is already in use.", exception.Message);
    }

    [Fact]
    public async Task A_paused_server_goes_on_where_it_was_and_a_second_run_does_not_touch_its_data()
    {
        await using var server = await StartAsync();
        await AskAsync(server, "CREATE TABLE kept AS SELECT 1 AS id");
        server.Process.Pause();
        var answer = AskAsync(server, "SELECT count(*) FROM kept");

        var exception = await Assert.ThrowsAsync<ServerStartException>(() => PostgresServer.StartAsync(
            Options() with { StartTimeout = TimeSpan.FromMilliseconds(200) }, Cancellation));

        Assert.Equal($"PostgreSQL cannot start: another run uses {_folder.File("postgres")}.", exception.Message);
        Assert.False(answer.IsCompleted);
        server.Process.Resume();
        Assert.Equal(1L, await answer);
    }

    [Fact]
    public async Task It_starts_beneath_a_folder_that_its_user_may_not_enter()
    {
        var closed = _folder.File("closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var server = await PostgresServer.StartAsync(Options() with { Directory = closed }, Cancellation);

        await AskAsync(server, "CREATE TABLE kept AS SELECT 1 AS id");
        await server.RestartAsync(Cancellation);
        Assert.Equal(1L, await AskAsync(server, "SELECT count(*) FROM kept"));
    }

    public void Dispose() => _folder.Dispose();

    private PostgresOptions Options() => new() { Directory = _folder.Path };

    private Task<PostgresServer> StartAsync(bool reuse = false) =>
        PostgresServer.StartAsync(Options() with { Reuse = reuse }, Cancellation);

    private static async Task<object?> AskAsync(PostgresServer server, string query)
    {
        // No pool: its connections would not survive the restarts.
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
