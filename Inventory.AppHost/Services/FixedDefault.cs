using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Inventory.AppHost.Services;

/// <summary>The value of a parameter that nobody set. Aspire's own parameter with a value cannot be set at all.</summary>
internal sealed class FixedDefault(string value) : ParameterDefault
{
    public override string GetDefaultValue() => value;

    public override void WriteToManifest(ManifestPublishingContext context) => context.Writer.WriteString("value", value);
}
