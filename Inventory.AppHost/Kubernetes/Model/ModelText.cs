namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>What a value of the model says in the chart.</summary>
/// <param name="Text">
/// With <c>{{ }}</c> for a parameter, which Helm fills in, and <c>$( )</c> for a secret, which Kubernetes fills in from the
/// variable of <see cref="SecretVariable"/>.
/// </param>
/// <param name="Secrets">The parameters whose values the text must not hold.</param>
internal sealed record ModelText(string Text, IReadOnlyList<string> Secrets)
{
    /// <summary>Whether it is nothing but one secret.</summary>
    public bool IsSecret => Secrets is [var secret] && Text == Reference(secret);

    public static string SecretVariable(string parameter) =>
        $"SECRET_{parameter.ToUpperInvariant().Replace('-', '_')}";

    public static string Reference(string secret) => $"$({SecretVariable(secret)})";
}
