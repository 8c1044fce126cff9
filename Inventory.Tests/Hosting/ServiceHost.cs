using Inventory.Servers.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Inventory.Tests.Hosting;

/// <summary>A service in this process, on a Kestrel port of its own, with a client for it.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ServiceHost(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
        Client = CreateClient();
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _application.Services;

    /// <summary>
    /// The arguments with which a service is built to be hosted here. Its appsettings.json is taken from its project,
    /// because beside the tests those of all services overwrite each other.
    /// </summary>
    public static string[] Arguments(string project, params IEnumerable<KeyValuePair<string, string>> settings) =>
    [
        $"--contentRoot={Path.Combine(Repository.Root, project)}",
        "--environment=Production",
        "--urls=http://127.0.0.1:0",
        "--Logging:Console:LogLevel:Default=None",
        .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
    ];

    public static async Task<ServiceHost> StartAsync(WebApplication application)
    {
        await application.StartAsync();
        return new ServiceHost(application, new Uri(application.Urls.Single()));
    }

    /// <summary>A client with connections of its own.</summary>
    public HttpClient CreateClient() => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Changes the configuration of the running service, as an edited file would.</summary>
    public void Reconfigure(string key, string value)
    {
        var configuration = (IConfigurationRoot)_application.Configuration;
        configuration[key] = value;
        configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
