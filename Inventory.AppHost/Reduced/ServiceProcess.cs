using Inventory.Contracts.Composition;
using Inventory.Servers;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Reduced;

/// <summary>One of our services as a child process that can be killed and started again.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ChildProcessOptions _options;
    private readonly Action<string>? _progress;

    private ServiceProcess(ChildProcessOptions options, Uri address, Action<string>? progress)
    {
        _options = options;
        _progress = progress;
        Address = address;
    }

    public Uri Address { get; }

    public ChildProcess Process { get; private set; } = null!;

    /// <summary>Starts the service and waits until it says that it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(
        ChildProcessOptions options, Uri address, Action<string>? progress, CancellationToken cancellationToken)
    {
        var service = new ServiceProcess(options, address, progress);
        try
        {
            await service.StartAsync(cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again at the same address, after it was stopped or killed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System.GetTimestamp();
        Process = await ChildProcess.StartAsync(_options);
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (Process.HasExited)
            {
                throw new ServerStartException(
                    $"{_options.Name} ended with exit code {await Process.Exited} instead of starting.\n{Process.ReadLogTail()}");
            }

            if (TimeProvider.System.GetElapsedTime(clock) > StartTimeout)
            {
                throw new ServerStartException($"{_options.Name} did not become ready.\n{Process.ReadLogTail()}");
            }

            await Task.Delay(Interval, cancellationToken);
        }

        _progress?.Invoke($"{_options.Name} is ready after {TimeProvider.System.GetElapsedTime(clock).TotalSeconds:0.0} s.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(HealthPaths.Ready, UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
