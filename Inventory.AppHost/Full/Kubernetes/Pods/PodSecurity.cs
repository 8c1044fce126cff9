using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

/// <summary>What the Pod Security Standard "restricted" asks for, and a root file system that nobody writes to.</summary>
internal static class PodSecurity
{
    // The user "app" of .NET's images.
    private const long ApplicationUser = 1654;

    public static void Restrict(PodSpecV1 pod, bool readOnlyRoot = true, long user = ApplicationUser)
    {
        // Nothing here talks to the API server.
        pod.AutomountServiceAccountToken = false;

        // Otherwise every service of the namespace turns into environment variables.
        pod.EnableServiceLinks = false;

        var context = pod.SecurityContext ??= new();
        context.RunAsNonRoot = true;
        context.RunAsUser = user;
        context.RunAsGroup = user;
        context.FsGroup = user;
        context.FsGroupChangePolicy = "OnRootMismatch";
        context.SeccompProfile = new() { Type = "RuntimeDefault" };
        foreach (var container in pod.Containers)
        {
            container.SecurityContext = new()
            {
                AllowPrivilegeEscalation = false,
                ReadOnlyRootFilesystem = readOnlyRoot,
                Capabilities = new() { Drop = { "ALL" } },
            };
        }
    }
}
