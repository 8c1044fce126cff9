using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>A part of an expression that is known only once something has started.</summary>
internal sealed class LateValue : IValueProvider, IManifestExpressionProvider
{
    private readonly TaskCompletionSource<string> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asked for when an expression is made of this, published or not.</summary>
    public string ValueExpression => "{late}";

    public void Set(string value) => _value.TrySetResult(value);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        await _value.Task.WaitAsync(cancellationToken);

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);
}
