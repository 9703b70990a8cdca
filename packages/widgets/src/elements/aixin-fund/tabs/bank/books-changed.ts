/** Lines came into the books or left them: the desk reads anew. */
export class BooksChanged extends Event {
  static readonly type = 'aixin-books-changed';
  constructor() {
    super(BooksChanged.type);
  }
}
