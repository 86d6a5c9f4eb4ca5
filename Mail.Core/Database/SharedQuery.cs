namespace Mail.Core.Database;

/// <summary>
/// Asks one question for all who wait: whoever asks while a question is under way shares the next one. An answer is therefore never older than the asking.
/// Safe for many threads.
/// </summary>
/// <param name="ask">Gets all that is wanted; its answer goes to everybody who asked, each looks for one's own in it.</param>
internal sealed class SharedQuery<TKey, TAnswer>(Func<IReadOnlyList<TKey>, Task<TAnswer>> ask)
{
    private readonly Lock _lock = new();
    private Group? _waiting;
    private bool _isAsking;

    public Task<TAnswer> AskAsync(IReadOnlyCollection<TKey> wanted)
    {
        Task<TAnswer> answer;
        lock (_lock)
        {
            _waiting ??= new Group();
            _waiting.Wanted.AddRange(wanted);
            answer = _waiting.Answer.Task;
            if (_isAsking) return answer;
            _isAsking = true;
        }

        _ = AskAllAsync(); // it hands every failure to those who wait
        return answer;
    }

    private async Task AskAllAsync()
    {
        while (true)
        {
            Group group;
            lock (_lock)
            {
                if (_waiting is null)
                {
                    _isAsking = false;
                    return;
                }

                (group, _waiting) = (_waiting, null);
            }

            try
            {
                group.Answer.SetResult(await ask(group.Wanted));
            }
#pragma warning disable CA1031 // handed to those who asked
            catch (Exception e)
#pragma warning restore CA1031
            {
                group.Answer.SetException(e);
            }
        }
    }

    private sealed class Group
    {
        public List<TKey> Wanted { get; } = [];

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
