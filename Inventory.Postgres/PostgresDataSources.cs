using Npgsql;

namespace Inventory.Postgres;

/// <summary>Pools of sessions that can write, on one server or on whichever of several is the primary.</summary>
public static class PostgresDataSources
{
    /// <summary>For a program without a host; see <see cref="PostgresExtensions.AddPostgres"/> for the services.</summary>
    /// <param name="connectionString">Npgsql's; <c>Host=a,b</c> names a primary and its standbys in any order.</param>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var given = PostgresDefaults.WithoutTarget(new NpgsqlConnectionStringBuilder(connectionString));
        var builder = new NpgsqlDataSourceBuilder(given.ConnectionString);
        Configure(builder);
        return ToPrimary(builder.Build());
    }

    /// <summary>Refuses each new session that cannot write, so that none of them is pooled.</summary>
    internal static void Configure(NpgsqlDataSourceBuilder builder) =>
        builder.UsePhysicalConnectionInitializer(WritableSession.Check, WritableSession.CheckAsync);

    /// <summary>Of several hosts the one that takes writes.</summary>
    internal static NpgsqlDataSource ToPrimary(NpgsqlDataSource dataSource) =>
        dataSource is NpgsqlMultiHostDataSource hosts
            ? hosts.WithTargetSession(TargetSessionAttributes.ReadWrite)
            : dataSource;
}
