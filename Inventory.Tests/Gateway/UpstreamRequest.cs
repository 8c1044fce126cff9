using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Inventory.Tests.Gateway;

/// <summary>What an <see cref="Upstream"/> saw of a request.</summary>
internal sealed record UpstreamRequest(string Method, string Target, IReadOnlyDictionary<string, StringValues> Headers)
{
    public static UpstreamRequest From(HttpRequest request) => new(
        request.Method,
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        new Dictionary<string, StringValues>(request.Headers, StringComparer.OrdinalIgnoreCase));
}
