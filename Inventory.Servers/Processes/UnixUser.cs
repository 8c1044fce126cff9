using System.ComponentModel;
using System.Globalization;

namespace Inventory.Servers.Processes;

/// <summary>An account of this machine, under which a child can run when this process is root.</summary>
public sealed record UnixUser(string Name, uint UserId, uint GroupId)
{
    public static bool IsRoot => NativeMethods.GetEffectiveUserId() == 0;

    public static UnixUser? Find(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            if (line.Split(':') is [var user, _, var userId, var groupId, ..] && user == name)
            {
                return new UnixUser(
                    name,
                    uint.Parse(userId, CultureInfo.InvariantCulture),
                    uint.Parse(groupId, CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    internal void Own(string path)
    {
        if (NativeMethods.ChangeOwner(path, UserId, GroupId) != 0)
        {
            throw new IOException($"{path} cannot be given to the user '{Name}'.", new Win32Exception());
        }
    }
}
