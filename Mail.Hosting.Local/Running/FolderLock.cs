using Mail.Hosting.Local.Processes;

namespace Mail.Hosting.Local.Running;

/// <summary>Two hosts on one <c>.local</c> folder would fight over the same database.</summary>
internal static class FolderLock
{
    /// <exception cref="LocalHostException">Another host runs from this folder.</exception>
    public static FileStream Take(string stateFolder) => FileLock.TryTake(Path.Combine(stateFolder, "lock"))
        ?? throw new LocalHostException($"Mail already runs from {stateFolder}. Stop that one first (Ctrl-C in its terminal), or give this one its own folder: Local__Folder=other-folder.");
}
