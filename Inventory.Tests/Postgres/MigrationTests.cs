using Inventory.Postgres.Migrations;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tests.Postgres;

public sealed class MigrationTests(RealServers servers)
{
    [Fact]
    public async Task Several_instances_that_start_at_once_apply_each_script_once()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(await servers.PostgresAsync());

        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => MigrateAsync(database)));

        Assert.Equal(MigrationScript.All.Count, applied.Sum());
        Assert.Equal(MigrationScript.All.Count, await database.ScalarAsync<long>("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());

        Assert.Equal(0, await MigrateAsync(database));
    }

    [Fact]
    public async Task A_script_that_was_edited_after_it_was_applied_is_refused_by_name()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        await database.ExecuteAsync("UPDATE schema_migrations SET checksum = 'other' WHERE version = 1");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(database));

        Assert.Contains("0001_", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_A_script_that_took_longer_than_a_request_may_was_broken_off()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(await servers.PostgresAsync());
        await database.ExecuteAsync("""
            CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); END $$;
            CREATE EVENT TRIGGER slow ON ddl_command_start WHEN TAG IN ('CREATE TRIGGER') EXECUTE FUNCTION slow();
            """);
        await using var impatient = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 1 }.ConnectionString);

        var migrator = new Migrator(impatient, NullLogger<Migrator>.Instance);

        Assert.Equal(MigrationScript.All.Count, await migrator.MigrateAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_script_outside_of_a_transaction_that_was_broken_off_runs_again()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        var apart = Assert.Single(MigrationScript.All, script => script.IsOutsideOfTransaction);
        await database.ExecuteAsync($"""
            DELETE FROM schema_migrations WHERE version = {apart.Version};
            DROP INDEX inbounds_by_age;
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_by_age'::regclass;
            """);

        Assert.Equal(1, await MigrateAsync(database));

        Assert.Equal(4, await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid::regclass::text LIKE '%_by_age'"));
    }

    [Fact]
    public async Task The_relays_login_reaches_the_outbox_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        await new DatabaseLogins(database.DataSource).EnsureAsync(DatabaseLogins.Relay, "pass'word", CancellationToken.None);
        var login = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "relay", Password = "pass'word" };
        await using var relay = NpgsqlDataSource.Create(login.ConnectionString);

        await relay.CreateCommand("DELETE FROM outbox").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        foreach (var forbidden in (string[])
            ["SELECT * FROM orders", "UPDATE stock SET stock_count = 0", "INSERT INTO outbox DEFAULT VALUES", "CREATE TABLE x ()"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => relay.CreateCommand(forbidden).ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task The_password_of_a_login_does_not_stay_with_the_pooled_connection()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        await using var pool = database.CreateSingleConnection();
        await new DatabaseLogins(pool).EnsureAsync(DatabaseLogins.Relay, "secret", TestContext.Current.CancellationToken);

        await using var setting = pool.CreateCommand("SELECT current_setting('inventory.password')");

        Assert.Equal("", await setting.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static Task<int> MigrateAsync(TestDatabase database) =>
        new Migrator(database.DataSource, NullLogger<Migrator>.Instance).MigrateAsync(TestContext.Current.CancellationToken);
}
