using Inventory.Contracts.Composition;
using Inventory.Postgres.Migrations;

namespace Inventory.Migrations;

/// <summary>
/// The schema, then the logins of the services for which <c>DatabaseLogins:CommandApi</c> or <c>DatabaseLogins:Relay</c>
/// holds a password.
/// </summary>
internal sealed class PostgresStep(Migrator migrator, DatabaseLogins logins, IConfiguration configuration)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await migrator.MigrateAsync(cancellationToken);
        await EnsureLoginAsync(DatabaseLogins.CommandApi, configuration[ConfigurationKeys.CommandApiPassword], cancellationToken);
        await EnsureLoginAsync(DatabaseLogins.Relay, configuration[ConfigurationKeys.RelayPassword], cancellationToken);
    }

    private async Task EnsureLoginAsync(
        (string Login, string Role) account, string? password, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(password))
        {
            await logins.EnsureAsync(account, password, cancellationToken);
        }
    }
}
