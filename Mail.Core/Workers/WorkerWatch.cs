namespace Mail.Core.Workers;

/// <summary>
/// Whether a worker is there, as one that looks at their heartbeats sees it. Alone is who has looked for all that time and seen none, or saw the last one go. Who could not look for a
/// while (the database was away, this process stood still) begins anew: workers could not be heard then either.
/// </summary>
/// <param name="patience">How long none has to be seen.</param>
internal sealed class WorkerWatch(TimeSpan patience)
{
    private long? _since, _lookedAt;
    private bool _sawOne;

    /// <param name="isSeen">Whether one was heard within the patience.</param>
    /// <param name="now">Milliseconds of a steady clock.</param>
    /// <returns>True for alone.</returns>
    public bool Looked(bool isSeen, long now)
    {
        if (_lookedAt is { } before && now - before > patience.TotalMilliseconds / 2) CouldNotLook();
        _lookedAt = now;
        _since ??= now;
        if (isSeen)
        {
            _sawOne = true;
            return false;
        }

        return _sawOne || now - _since >= patience.TotalMilliseconds;
    }

    public void CouldNotLook() => (_since, _lookedAt, _sawOne) = (null, null, false);
}
