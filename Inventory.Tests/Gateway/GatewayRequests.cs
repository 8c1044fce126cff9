using System.Net.Http.Headers;
using System.Text;

namespace Inventory.Tests.Gateway;

internal static class GatewayRequests
{
    public static Task<HttpResponseMessage> ReadAsync(this HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>A POST with a good token, or with the given one, or with none if it is empty.</summary>
    public static Task<HttpResponseMessage> WriteAsync(
        this HttpClient client, string path, string body = "{}", string? token = null) =>
        client.WriteAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), token);

    public static Task<HttpResponseMessage> WriteAsync(
        this HttpClient client, string path, HttpContent content, string? token = null) =>
        client.SendAsync(HttpMethod.Post, path, content, token ?? Tokens.Good);

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, HttpContent? content = null, string token = "")
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<HttpResponseMessage> ReadWithHeaderAsync(
        this HttpClient client, string path, string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
