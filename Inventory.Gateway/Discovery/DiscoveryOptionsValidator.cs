using Microsoft.Extensions.Options;

namespace Inventory.Gateway.Discovery;

/// <summary>The ranges that the options say.</summary>
[OptionsValidator]
internal sealed partial class DiscoveryOptionsValidator : IValidateOptions<DiscoveryOptions>;
