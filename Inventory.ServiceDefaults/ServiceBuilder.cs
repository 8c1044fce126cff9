using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Inventory.ServiceDefaults;

public static class ServiceBuilder
{
    /// <summary>
    /// A builder that reads the appsettings.json beside the program from whatever folder it is started; the content
    /// root can still be given as an argument or in the environment.
    /// </summary>
    public static WebApplicationBuilder Create(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = IsContentRootGiven(args) ? null : AppContext.BaseDirectory,
        });

    private static bool IsContentRootGiven(string[] args) =>
        args.Any(argument => argument.StartsWith($"--{WebHostDefaults.ContentRootKey}", StringComparison.OrdinalIgnoreCase))
        || Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") is not null
        || Environment.GetEnvironmentVariable("DOTNET_CONTENTROOT") is not null;
}
