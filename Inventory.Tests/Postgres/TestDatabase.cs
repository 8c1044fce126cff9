using Inventory.Postgres.Migrations;
using Inventory.Servers.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tests.Postgres;

/// <summary>A database of its own in the shared Postgres, with the newest schema.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string connectionString, NpgsqlDataSource dataSource)
    {
        ConnectionString = connectionString;
        DataSource = dataSource;
    }

    public string ConnectionString { get; }

    public string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    public NpgsqlDataSource DataSource { get; }

    public static async Task<TestDatabase> CreateAsync(PostgresServer server)
    {
        var database = await CreateEmptyAsync(server);
        await new Migrator(database.DataSource, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(PostgresServer server)
    {
        var name = $"test_{Guid.NewGuid():n}";
        await using (var admin = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var create = admin.CreateCommand($"CREATE DATABASE {name}");
            await create.ExecuteNonQueryAsync();
        }

        var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
        return new TestDatabase(connectionString, NpgsqlDataSource.Create(connectionString));
    }

    /// <summary>A pool of one connection, given back as it is: what one use of it leaves behind, the next one finds.</summary>
    public NpgsqlDataSource CreateSingleConnection() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true }.ConnectionString);

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task ExecuteAsync(string sql) => DataSource.CreateCommand(sql).ExecuteNonQueryAsync();

    public async ValueTask DisposeAsync() => await DataSource.DisposeAsync();
}
