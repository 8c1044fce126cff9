using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class LoggingTests(RealServers servers)
{
    [Fact]
    public async Task Statements_are_not_logged_unless_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        string logFile;
        await using (var api = await CommandApiProcess.StartAsync(
            "quiet",
            Path.Combine(servers.Folder, "logging"),
            database.ConnectionString,
            ("Logging__LogLevel__Default", "Information")))
        {
            // It is ready, so it has asked the database for its schema; what it logged is in the file when it has stopped.
            logFile = api.LogFile;
        }

        var log = await File.ReadAllTextAsync(logFile, TestContext.Current.CancellationToken);
        Assert.Contains("Now listening on", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", log, StringComparison.Ordinal);
    }
}
