using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Containers.Postgres;

/// <summary>
/// A login of a database that has fewer rights than its owner. It is not created here: the migrations do that, with the
/// rights that the schema names.
/// </summary>
internal sealed class PostgresLoginResource(
    string name, string login, ParameterResource password, PostgresDatabaseResource parent)
    : Resource(name), IResourceWithParent<PostgresDatabaseResource>, IResourceWithConnectionString
{
    public PostgresDatabaseResource Parent { get; } = parent;

    public string Login { get; } = login;

    public ParameterResource Password { get; } = password;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Parent.Parent.Host};Port={Parent.Parent.Port};Username={Login};Password={Password};Database={Parent.DatabaseName}");

    /// <remarks>
    /// The password is among them for the chart too: it is how the value that the connection string refers to gets its
    /// place in values.yaml.
    /// </remarks>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Parent.Parent.Host}")),
        new("Port", ReferenceExpression.Create($"{Parent.Parent.Port}")),
        new("Username", ReferenceExpression.Create($"{Login}")),
        new("Password", ReferenceExpression.Create($"{Password}")),
        new("DatabaseName", ReferenceExpression.Create($"{Parent.DatabaseName}")),
    ];
}
