using Inventory.Servers.Files;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Packages;

/// <summary>The npm packages that a folder's package-lock.json pins by their hashes.</summary>
internal static class NpmPackages
{
    /// <summary>Installs them if they are not those of the lock file, and tells the user what he waits for.</summary>
    /// <returns>Where they lie.</returns>
    public static async Task<string> EnsureAsync(
        string folder, string what, string? searchPath, Action<string>? progress, CancellationToken cancellationToken)
    {
        if (!PackageLock.IsInstalled(folder))
        {
            var npm = Executables.Find("npm", searchPath)
                ?? throw new MissingPrerequisiteException("Node.js 20 or later with npm", "apt-get install nodejs npm");
            await InstallAsync(folder, what, npm, progress, cancellationToken);
        }

        return Path.Combine(folder, "node_modules");
    }

    private static async Task InstallAsync(
        string folder, string what, string npm, Action<string>? progress, CancellationToken cancellationToken)
    {
        var work = Path.Combine(Repository.Root, ".inventory");
        Directory.CreateDirectory(work);
        using (await FileLock.TakeAsync(Path.Combine(work, "npm.lock"), cancellationToken))
        {
            // Another process may have done it while we waited.
            if (PackageLock.IsInstalled(folder))
            {
                return;
            }

            progress?.Invoke($"Installing {what} (npm ci) ...");
            var install = new ChildProcessOptions
            {
                Name = "npm ci",
                FileName = npm,
                Arguments = ["ci"],
                WorkingDirectory = folder,
                LogFile = Path.Combine(work, "npm.log"),
            };
            await ChildProcess.RunAsync(install, cancellationToken);
            if (!PackageLock.IsInstalled(folder))
            {
                throw new ServerStartException($"npm ci did not install all of {folder}/package-lock.json.");
            }
        }
    }
}
