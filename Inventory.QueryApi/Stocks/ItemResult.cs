using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Inventory.QueryApi.Stocks;

/// <summary>The stock of an item as the result of an endpoint, or 304 if the client has it.</summary>
/// <remarks>
/// An item has no version of its own, and no number made of those of its keys is sure to differ: the tag is a digest of the
/// bytes. Caches ask every time, since nothing here says how old the answer is.
/// </remarks>
internal sealed class ItemResult(byte[] answer) : IResult
{
    private const int TagBytes = 16;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(answer, digest);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(digest[..TagBytes])}\"");
        httpContext.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(answer, "application/json; charset=utf-8", entityTag: tag).ExecuteAsync(httpContext);
    }
}
