using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Containers.Postgres;

internal static class PostgresLoginExtensions
{
    /// <param name="builder">The database.</param>
    /// <param name="name">Of the resource.</param>
    /// <param name="login">Inside Postgres.</param>
    /// <param name="password">Of the login; the migrations are given the same.</param>
    public static IResourceBuilder<PostgresLoginResource> AddLogin(
        this IResourceBuilder<PostgresDatabaseResource> builder,
        [ResourceName] string name,
        string login,
        IResourceBuilder<ParameterResource> password) =>
        builder.ApplicationBuilder.AddResource(
            new PostgresLoginResource(name, login, password.Resource, builder.Resource));
}
