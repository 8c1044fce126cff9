using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Full.Embedded;

/// <summary>The connection string of a store, which is in a file for as long as the store can be used.</summary>
internal sealed class ConnectionFile(string path) : IValueProvider, IManifestExpressionProvider
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asked for when an expression is made of this, published or not.</summary>
    public string ValueExpression => "{embedded}";

    /// <summary>Waits for the store.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        while (!File.Exists(path))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        return await File.ReadAllTextAsync(path, cancellationToken);
    }

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);

    public void Delete() => File.Delete(path);
}
