using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class LoggingTests(RealServers servers)
{
    [Fact]
    public async Task Statements_are_not_logged_unless_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        await using var api = await CommandApiProcess.StartAsync(
            "quiet",
            Path.Combine(servers.Folder, "logging"),
            database.ConnectionString,
            ("Logging__LogLevel__Default", "Information"));

        // It is ready, so it has asked the database for its schema.
        await Eventually.IsTrueAsync(async () => (await ReadLogAsync()).Contains("Now listening on", StringComparison.Ordinal));
        Assert.DoesNotContain("Npgsql", await ReadLogAsync(), StringComparison.Ordinal);

        Task<string> ReadLogAsync() => File.ReadAllTextAsync(api.LogFile, TestContext.Current.CancellationToken);
    }
}
